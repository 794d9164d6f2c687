/** Makes sure of a Chromium and answers its path; throws with instructions when there is none to be had. */
export function findBrowser(): string;
