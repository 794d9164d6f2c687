import { CodeBlock } from "./code-block";
import { Tabs } from "./tabs";

interface SnippetTabsProps {
  label: string;
  curl: string;
  typescript: string;
}

/** The same step with curl and in TypeScript. */
export function SnippetTabs({ label, curl, typescript }: SnippetTabsProps) {
  return (
    <Tabs
      label={label}
      tabs={[
        { value: "curl", label: "curl", content: <CodeBlock label="the curl command" code={curl} /> },
        {
          value: "typescript",
          label: "TypeScript",
          content: <CodeBlock label="the TypeScript code" code={typescript} />,
        },
      ]}
    />
  );
}
