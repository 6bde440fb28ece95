/** Prompt injection: OWASP Top 10 for LLM applications 2025, CWE. */
export const INJECTION: readonly string[] = ['security', 'OWASP-LLM01', 'CWE-1427'];
/** Secrets and personal data in prompts. */
export const DISCLOSURE: readonly string[] = ['security', 'OWASP-LLM02', 'CWE-200'];
/** Contents that a prompt cannot keep secret. */
export const PROMPT_LEAK: readonly string[] = ['security', 'OWASP-LLM07', 'CWE-200'];
/** Answers that reach tools or pages. */
export const OUTPUT: readonly string[] = ['security', 'OWASP-LLM05', 'CWE-116'];
/** Models that can use tools. */
export const AGENCY: readonly string[] = ['security', 'OWASP-LLM06', 'CWE-1427'];
/** Text that a reader does not see. */
export const HIDDEN: readonly string[] = ['security', 'OWASP-LLM01', 'CWE-1007'];
