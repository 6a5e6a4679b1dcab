import {serveTasks} from "./serve-tasks.js";
import {studyTasks} from "./study-tasks.js";

serveTasks(studyTasks);
