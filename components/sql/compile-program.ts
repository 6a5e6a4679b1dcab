/**
 * WebAssembly, compiled while it comes.
 *
 * @param address where it is
 * @param onBytes told ten times a second how much has come; the total is 0 where the server does not say
 * @throws {Error} if the server has it not, or it is no WebAssembly
 */
export function compileProgram(
  address: string,
  onBytes: (loadedBytes: number, totalBytes: number) => void
): Promise<WebAssembly.Module> {
  return WebAssembly.compileStreaming(fetchCounted(address, onBytes));
}

async function fetchCounted(address: string, onBytes: (loadedBytes: number, totalBytes: number) => void) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answers ${response.status}`);
  const totalBytes = Number(response.headers.get("content-length")) || 0;
  let [loadedBytes, toldMs] = [0, Number.NEGATIVE_INFINITY];
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, stream) {
      loadedBytes += bytes.byteLength;
      if (performance.now() >= toldMs + 100) {
        toldMs = performance.now();
        onBytes(loadedBytes, totalBytes);
      }
      stream.enqueue(bytes);
    }
  });
  return new Response(response.body?.pipeThrough(count), response);
}
