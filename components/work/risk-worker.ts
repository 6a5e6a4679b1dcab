import {riskTasks} from "./risk-tasks.js";
import {serveTasks} from "./serve-tasks.js";

serveTasks(riskTasks);
