import { startCopyButtons } from "./copy.ts";
import { startMenu } from "./menu.ts";
import { startReference } from "./reference.ts";
import { startSearch } from "./search.ts";
import { startTheme } from "./theme.ts";

startTheme();
startMenu();
startReference();
startCopyButtons();
startSearch();
