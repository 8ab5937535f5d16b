export function panel(title: string): HTMLElement {
  const element = document.createElement("section");
  element.title = title;
  return element;
}
