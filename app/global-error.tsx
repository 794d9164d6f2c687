"use client";

import "./globals.css";

interface GlobalErrorProps {
  retry: () => void;
}

export default function GlobalError({ retry }: GlobalErrorProps) {
  return (
    <html lang="en">
      <body className="grid min-h-dvh place-items-center p-6 text-center">
        <title>Holdfast failed</title>
        <main>
          <h1 className="text-xl font-semibold tracking-tight">Holdfast could not be shown</h1>
          <p className="mt-2 text-sm text-ink-soft">The whole page failed. The reason is in the server&rsquo;s log.</p>
          <button
            type="button"
            onClick={retry}
            className="mt-6 rounded-md bg-accent px-3 py-2 text-sm font-medium text-accent-ink"
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
