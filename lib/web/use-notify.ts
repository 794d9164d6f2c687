import { toast } from "sonner";

type Notify = (title: string, text?: string) => void;

const NOTIFY: Record<"success" | "error", Notify> = {
  success: (title, text) => void toast.success(title, { description: text }),
  error: (title, text) => void toast.error(title, { description: text }),
};

/** Short notes at the edge of the screen, for what has happened and needs no answer. */
export function useNotify(): typeof NOTIFY {
  return NOTIFY;
}
