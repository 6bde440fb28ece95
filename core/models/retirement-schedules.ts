/** One service's own schedule of retirements. */
export interface Schedule {
  readonly service: string;
  readonly source: string;
  readonly checkedOn: string;
  /** `[date, successor, names]`, the names separated by space. */
  readonly rows: readonly (readonly [string, string | null, string])[];
}

/**
 * Announced retirements, each from its service's own schedule. Models with only an earliest date
 * ("not sooner than") are left out. An undated name goes when its last snapshot goes.
 */
export const SCHEDULES: readonly Schedule[] = [
  {
    service: 'openai',
    source: 'https://developers.openai.com/api/docs/deprecations',
    checkedOn: '2026-12-01',
    rows: [
      [
        '2024-01-04',
        'gpt-3.5-turbo-instruct',
        `
        text-ada-001 text-babbage-001 text-curie-001 text-davinci-001 text-davinci-002 text-davinci-003`,
      ],
      ['2024-01-04', null, 'ada babbage curie davinci'],
      [
        '2024-09-13',
        'gpt-3.5-turbo',
        `
        gpt-3.5-turbo-0301 gpt-3.5-turbo-0613 gpt-3.5-turbo-16k gpt-3.5-turbo-16k-0613`,
      ],
      ['2024-12-06', 'gpt-4o', 'gpt-4-vision-preview gpt-4-1106-vision-preview'],
      ['2025-06-06', 'gpt-4o', 'gpt-4-32k gpt-4-32k-0314 gpt-4-32k-0613'],
      ['2025-07-14', 'gpt-4.1', 'gpt-4.5-preview gpt-4.5-preview-2025-02-27'],
      ['2025-07-28', 'o3', 'o1-preview o1-preview-2024-09-12'],
      ['2025-10-27', 'o4-mini', 'o1-mini o1-mini-2024-09-12'],
      ['2026-02-17', null, 'chatgpt-4o-latest'],
      ['2026-03-26', null, 'gpt-4-0314 gpt-4-0125-preview gpt-4-turbo-preview'],
      [
        '2026-07-23',
        'gpt-5.6-sol',
        `
        gpt-5-chat-latest gpt-5-codex gpt-5.1-chat-latest gpt-5.1-codex gpt-5.1-codex-max
        gpt-5.2-codex o3-deep-research o3-deep-research-2025-06-26 o4-mini-deep-research
        o4-mini-deep-research-2025-06-26`,
      ],
      ['2026-07-23', 'gpt-5.6-terra', 'gpt-5.1-codex-mini'],
      [
        '2026-07-23',
        null,
        `
        computer-use-preview-2025-03-11 gpt-4o-audio-preview-2024-12-17 gpt-4o-mini-search-preview-2025-03-11 gpt-4o-search-preview-2025-03-11`,
      ],
      [
        '2026-08-10',
        null,
        `
        gpt-5.2-chat gpt-5.2-chat-latest gpt-5.3-chat gpt-5.3-chat-latest`,
      ],
      [
        '2026-09-28',
        null,
        `
        gpt-3.5-turbo-instruct gpt-3.5-turbo-1106 babbage-002 davinci-002`,
      ],
      [
        '2026-10-23',
        'gpt-5.6-terra',
        `
        gpt-3.5-turbo gpt-3.5-turbo-0125 o4-mini o4-mini-2025-04-16`,
      ],
      [
        '2026-10-23',
        'gpt-5.6-sol',
        `
        gpt-4 gpt-4-0613 gpt-4-1106-preview gpt-4-turbo gpt-4-turbo-2024-04-09
        gpt-4o-2024-05-13 o1 o1-2024-12-17 o1-pro o1-pro-2025-03-19 o3-mini
        o3-mini-2025-01-31`,
      ],
      ['2026-10-23', 'gpt-5.6-luna', 'gpt-4.1-nano gpt-4.1-nano-2025-04-14'],
      [
        '2026-12-11',
        'gpt-6.1-sol',
        `
        gpt-5 gpt-5-2025-08-07 gpt-5-pro gpt-5-pro-2025-10-06 o3 o3-2025-04-16 o3-pro
        o3-pro-2025-06-10`,
      ],
      ['2026-12-11', 'gpt-6.1-terra', 'gpt-5-mini gpt-5-mini-2025-08-07'],
      ['2026-12-11', 'gpt-6-luna', 'gpt-5-nano gpt-5-nano-2025-08-07'],
      [
        '2027-01-14',
        'gpt-6-luna',
        `
        gpt-4o gpt-4o-2024-08-06 gpt-4o-2024-11-20 gpt-4o-mini gpt-4o-mini-2024-07-18
        gpt-4.1 gpt-4.1-2025-04-14 gpt-4.1-mini gpt-4.1-mini-2025-04-14`,
      ],
      [
        '2027-04-01',
        null,
        `
        gpt-5.1 gpt-5.1-2025-11-13 gpt-5.3-codex gpt-5.4-nano gpt-5.4-nano-2026-03-17`,
      ],
    ],
  },
  {
    service: 'azure',
    source: 'https://learn.microsoft.com/azure/ai-foundry/openai/concepts/model-retirements',
    checkedOn: '2026-07-07',
    rows: [
      [
        '2024-06-14',
        null,
        `
        ada babbage curie davinci text-ada-001 text-babbage-001 text-curie-001 text-davinci-002 text-davinci-003`,
      ],
      ['2025-02-13', 'gpt-4o-mini', 'gpt-35-turbo-0301 gpt-35-turbo-0613'],
      ['2025-04-30', 'gpt-4.1-mini', 'gpt-35-turbo-16k-0613'],
      [
        '2025-06-06',
        'gpt-4o',
        `
        gpt-4-0314 gpt-4-0613 gpt-4-32k gpt-4-32k-0314 gpt-4-32k-0613`,
      ],
      ['2025-07-14', 'gpt-4.1', 'gpt-4.5-preview'],
      ['2025-07-28', 'o1', 'o1-preview'],
      ['2026-05-01', 'grok-4', 'grok-3'],
      ['2026-05-01', 'grok-4-1-fast-reasoning', 'grok-3-mini grok-4-fast-reasoning'],
      ['2026-05-01', 'grok-4-1-fast-non-reasoning', 'grok-4-fast-non-reasoning'],
      ['2026-05-12', null, 'cohere-command-r-08-2024 cohere-command-r-plus-08-2024'],
      [
        '2026-06-13',
        null,
        `
        llama-3.2-11b-vision-instruct llama-3.2-90b-vision-instruct meta-llama-3.1-405b-instruct meta-llama-3.1-8b-instruct`,
      ],
      ['2026-06-29', 'gpt-chat-latest', 'gpt-5-chat gpt-5.1-chat gpt-5.2-chat gpt-5.3-chat'],
      ['2026-07-13', 'deepseek-v4-pro', 'deepseek-r1-0528'],
      ['2026-07-13', 'deepseek-v4-flash', 'deepseek-v3-0324 deepseek-v3.1'],
      ['2026-08-05', 'claude-opus-4-8', 'claude-opus-4-1'],
      ['2026-08-13', 'deepseek-v4-pro', 'deepseek-r1'],
      ['2026-09-16', null, 'o1 o1-2024-12-17'],
      ['2026-09-18', null, 'o1-pro o1-pro-2025-03-19'],
      [
        '2026-10-01',
        'gpt-5.1',
        `
        gpt-4o gpt-4o-2024-05-13 gpt-4o-2024-08-06 gpt-4o-2024-11-20`,
      ],
      ['2026-10-01', 'gpt-4.1-mini', 'gpt-4o-mini gpt-4o-mini-2024-07-18'],
      ['2026-10-01', 'o4-mini', 'o3-mini o3-mini-2025-01-31'],
      [
        '2026-10-14',
        null,
        `
        gpt-4.1 gpt-4.1-2025-04-14 gpt-4.1-mini gpt-4.1-mini-2025-04-14 gpt-4.1-nano
        gpt-4.1-nano-2025-04-14`,
      ],
      ['2026-10-16', null, 'o3 o3-2025-04-16 o4-mini o4-mini-2025-04-16'],
      ['2026-11-15', null, 'codex-mini codex-mini-2025-05-16'],
      ['2026-12-05', null, 'gpt-5.1-codex-max gpt-5.1-codex-max-2025-12-04'],
      ['2026-12-10', null, 'o3-pro o3-pro-2025-06-10'],
      ['2026-12-12', null, 'gpt-5.2 gpt-5.2-2025-12-11'],
      ['2026-12-26', null, 'o3-deep-research o3-deep-research-2025-06-26'],
      ['2027-01-14', null, 'gpt-5.2-codex gpt-5.2-codex-2026-01-14'],
      [
        '2027-02-06',
        null,
        `
        gpt-5 gpt-5-2025-08-07 gpt-5-mini gpt-5-mini-2025-08-07 gpt-5-nano
        gpt-5-nano-2025-08-07`,
      ],
      ['2027-02-25', null, 'gpt-5.3-codex gpt-5.3-codex-2026-02-24'],
      ['2027-03-05', null, 'gpt-5.4 gpt-5.4-2026-03-05'],
      ['2027-03-06', null, 'gpt-5.4-pro gpt-5.4-pro-2026-03-05'],
      ['2027-03-17', null, 'gpt-5-codex gpt-5-codex-2025-09-15'],
      [
        '2027-03-18',
        null,
        `
        gpt-5.4-mini gpt-5.4-mini-2026-03-17 gpt-5.4-nano gpt-5.4-nano-2026-03-17`,
      ],
      ['2027-04-07', null, 'gpt-5-pro gpt-5-pro-2025-10-06'],
      [
        '2027-04-15',
        null,
        `
        text-embedding-3-large text-embedding-3-small text-embedding-ada-002`,
      ],
      ['2027-04-23', null, 'gpt-5.5 gpt-5.5-2026-04-24'],
      ['2027-05-15', null, 'gpt-5.1 gpt-5.1-2025-11-13 gpt-5.1-codex gpt-5.1-codex-mini'],
    ],
  },
  {
    service: 'anthropic',
    source: 'https://platform.claude.com/docs/en/about-claude/model-deprecations',
    checkedOn: '2026-11-21',
    rows: [
      [
        '2024-11-06',
        'claude-haiku-4-5',
        `
        claude-1.0 claude-1.1 claude-1.2 claude-1.3 claude-instant-1.0 claude-instant-1.1
        claude-instant-1.2`,
      ],
      ['2025-07-21', 'claude-opus-4-8', 'claude-2 claude-2.0 claude-2.1'],
      ['2025-07-21', 'claude-sonnet-4-6', 'claude-3-sonnet claude-3-sonnet-20240229'],
      [
        '2025-10-28',
        'claude-sonnet-4-6',
        `
        claude-3-5-sonnet claude-3-5-sonnet-20240620 claude-3-5-sonnet-20241022
        claude-3-5-sonnet-latest`,
      ],
      [
        '2026-01-05',
        'claude-opus-4-8',
        `
        claude-3-opus claude-3-opus-20240229 claude-3-opus-latest`,
      ],
      [
        '2026-02-19',
        'claude-sonnet-4-6',
        `
        claude-3-7-sonnet claude-3-7-sonnet-20250219 claude-3-7-sonnet-latest`,
      ],
      [
        '2026-02-19',
        'claude-haiku-4-5',
        `
        claude-3-5-haiku claude-3-5-haiku-20241022 claude-3-5-haiku-latest`,
      ],
      ['2026-04-20', 'claude-haiku-4-5', 'claude-3-haiku claude-3-haiku-20240307'],
      [
        '2026-06-15',
        'claude-sonnet-4-6',
        `
        claude-sonnet-4 claude-sonnet-4-0 claude-sonnet-4-20250514`,
      ],
      [
        '2026-06-15',
        'claude-opus-4-8',
        `
        claude-opus-4 claude-opus-4-0 claude-opus-4-20250514`,
      ],
      ['2026-08-05', 'claude-opus-4-8', 'claude-opus-4-1 claude-opus-4-1-20250805'],
      ['2026-11-30', 'claude-sonnet-5-5', 'claude-sonnet-4-5 claude-sonnet-4-5-20250929'],
    ],
  },
  {
    service: 'google',
    source: 'https://ai.google.dev/gemini-api/docs/deprecations',
    checkedOn: '2026-11-10',
    rows: [
      [
        '2025-09-29',
        null,
        `
        gemini-1.5-pro gemini-1.5-pro-001 gemini-1.5-pro-002 gemini-1.5-flash gemini-1.5-flash-001
        gemini-1.5-flash-002 gemini-1.5-flash-8b gemini-1.5-flash-8b-001`,
      ],
      [
        '2025-12-02',
        'gemini-3.1-pro-preview',
        `
        gemini-2.5-pro-preview-03-25 gemini-2.5-pro-preview-05-06 gemini-2.5-pro-preview-06-05`,
      ],
      ['2026-03-09', 'gemini-3.1-pro-preview', 'gemini-3-pro-preview'],
      [
        '2026-06-01',
        'gemini-3.1-flash-lite',
        `
        gemini-2.0-flash gemini-2.0-flash-001 gemini-2.0-flash-lite gemini-2.0-flash-lite-001`,
      ],
      ['2026-12-01', 'gemini-3.8-flash', 'gemini-2.5-pro'],
      ['2026-12-01', 'gemini-3.5-flash-lite', 'gemini-2.5-flash'],
    ],
  },
  {
    service: 'xai',
    source: 'https://docs.x.ai/docs/migration/may-15-retirement',
    checkedOn: '2026-11-21',
    rows: [
      [
        '2026-05-15',
        'grok-4.3',
        `
        grok-3 grok-4-0709 grok-4-fast-reasoning grok-4-fast-non-reasoning grok-4-1-fast-reasoning grok-4-1-fast-non-reasoning grok-code-fast-1`,
      ],
    ],
  },
  {
    service: 'deepseek',
    source: 'https://api-docs.deepseek.com/news/news260424',
    checkedOn: '2026-11-21',
    rows: [['2026-07-24', 'deepseek-v4-flash', 'deepseek-chat deepseek-reasoner']],
  },
  {
    service: 'mistral-ai',
    source: 'https://docs.mistral.ai/getting-started/models/models_overview/',
    checkedOn: '2026-11-21',
    rows: [
      ['2025-06-16', 'mistral-medium-3.5', 'mistral-medium-2312'],
      ['2025-11-30', 'codestral-2508', 'codestral-2501'],
      ['2025-12-31', 'ministral-14b-2512', 'pixtral-12b pixtral-12b-2409'],
      ['2026-05-31', 'mistral-large-2512', 'mistral-large-2411'],
      ['2026-05-31', 'devstral-2512', 'devstral-medium-2507'],
    ],
  },
];
