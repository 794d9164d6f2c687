"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { classNames } from "@/lib/web/class-names";

interface NavLinkProps {
  href: string;
  /** Whether only its own page belongs to it, and not those below. */
  isExact?: boolean;
  children: ReactNode;
}

export function NavLink({ href, isExact = false, children }: NavLinkProps) {
  const pathname = usePathname();
  const isHere = pathname === href;
  const isBelow = !isExact && pathname.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      aria-current={isHere ? "page" : undefined}
      className={classNames(
        "rounded-md px-1.5 py-1.5 text-[13px] font-medium transition-colors sm:px-2.5 sm:text-sm",
        isHere || isBelow ? "bg-sunken text-ink" : "text-ink-soft hover:bg-sunken hover:text-ink",
      )}
    >
      {children}
    </Link>
  );
}
