/** Puts text on the clipboard; false where the browser does not allow it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

interface OldDocument {
  execCommand?: (command: "copy") => boolean;
}

/** Without TLS, on any host but this machine, browsers offer no clipboard API: the old way still works. */
function copyBySelection(text: string): boolean {
  const page: OldDocument = document;
  const field = document.createElement("textarea");
  field.value = text;
  field.style.position = "fixed";
  field.style.opacity = "0";
  document.body.append(field);
  field.select();
  try {
    return page.execCommand?.("copy") ?? false;
  } finally {
    field.remove();
  }
}
