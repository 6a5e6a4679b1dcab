import {pulseTasks} from "./pulse-tasks.js";
import {serveTasks} from "./serve-tasks.js";

serveTasks(pulseTasks);
