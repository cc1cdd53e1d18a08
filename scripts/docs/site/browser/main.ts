import { startCopyButtons } from "./copy.ts";
import { startMenu } from "./menu.ts";
import { startSearch } from "./search.ts";
import { startTheme } from "./theme.ts";

startTheme();
startMenu();
startCopyButtons();
startSearch();
