/** The button that switches between light and dark. The choice is kept where Redoc keeps its own. */
export function startTheme(): void {
  const button = document.querySelector<HTMLButtonElement>("button.theme");
  if (!button) return;
  const { classList } = document.documentElement;
  const other = () => (classList.contains("dark") ? "light" : "dark");
  const label = () => {
    button.textContent = other() === "light" ? "☀" : "☾";
    button.setAttribute("aria-label", `Switch to ${other()} colours`);
  };
  button.hidden = false;
  label();
  button.addEventListener("click", () => {
    const theme = other();
    classList.remove("light", "dark");
    classList.add(theme);
    label();
    localStorage.setItem("redoc.colorMode", theme);
  });
}
