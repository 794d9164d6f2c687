import { Bot, type LucideIcon, Settings2, User, Wrench } from "lucide-react";
import type { MessageRole } from "@/lib/domain/message";

/** Every role has a word and an icon. */
export const ROLE_LOOKS: Record<MessageRole, { label: string; Icon: LucideIcon }> = {
  user: { label: "User", Icon: User },
  assistant: { label: "Assistant", Icon: Bot },
  system: { label: "System", Icon: Settings2 },
  tool: { label: "Tool", Icon: Wrench },
};
