/** The button that switches between light and dark. The choice is kept where Redoc keeps its own. */
export function startTheme(): void {
  const button = document.querySelector<HTMLButtonElement>("button.theme");
  if (!button) return;
  const { classList } = document.documentElement;
  const label = () => {
    button.textContent = classList.contains("dark") ? "☀" : "☾";
    button.setAttribute("aria-label", `Switch to ${classList.contains("dark") ? "light" : "dark"} colours`);
  };
  button.hidden = false;
  label();
  button.addEventListener("click", () => {
    const theme = classList.contains("dark") ? "light" : "dark";
    classList.remove("light", "dark");
    classList.add(theme);
    label();
    try {
      localStorage.setItem("redoc.colorMode", theme);
    } catch {
      // Without storage the choice lasts for this page.
    }
  });
}
