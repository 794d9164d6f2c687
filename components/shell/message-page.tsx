import type { ReactNode } from "react";

interface MessagePageProps {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  actions: ReactNode;
}

/** A page that has nothing to show but a message and a way on. */
export function MessagePage({ icon, title, children, actions }: MessagePageProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center py-16 text-center sm:py-24">
      <div className="mb-5 grid size-11 place-items-center rounded-xl border bg-surface text-ink-soft shadow-card [&_svg]:size-5">
        {icon}
      </div>
      <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
      <div className="mt-2 text-sm leading-relaxed text-ink-soft">{children}</div>
      <div className="mt-6 flex flex-wrap justify-center gap-2">{actions}</div>
    </div>
  );
}
