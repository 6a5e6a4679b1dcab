import {serveTasks} from "./serve-tasks.js";
import {tradeTasks} from "./trade-tasks.js";

serveTasks(tradeTasks);
