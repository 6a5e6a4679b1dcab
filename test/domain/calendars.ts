import type {TradingCalendar} from "../../services/domain/calendar.js";

/** FX: Sunday 17:00 to Friday 17:00 in New York, each day named by its close. */
export const fx: TradingCalendar = {
  name: "fx",
  zone: "America/New_York",
  openMinute: 17 * 60 - 1440,
  closeMinute: 17 * 60,
  weekdays: [1, 2, 3, 4, 5],
  holidays: [],
  special: {}
};

/** The National Stock Exchange of India, with a holiday and two Muhurat evenings, one of them on a Sunday. */
export const nse: TradingCalendar = {
  name: "nse",
  zone: "Asia/Kolkata",
  openMinute: 9 * 60 + 15,
  closeMinute: 15 * 60 + 30,
  weekdays: [1, 2, 3, 4, 5],
  holidays: ["2024-01-26", "2024-11-01"],
  special: {
    "2023-11-12": {openMinute: 18 * 60 + 15, closeMinute: 19 * 60 + 15},
    "2024-11-01": {openMinute: 18 * 60, closeMinute: 19 * 60}
  }
};

/** Every minute of every day, in UTC. */
export const alwaysOpen: TradingCalendar = {
  name: "crypto",
  zone: "UTC",
  openMinute: 0,
  closeMinute: 1440,
  weekdays: [0, 1, 2, 3, 4, 5, 6],
  holidays: [],
  special: {}
};
