import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ModelAccess } from '#app/models/access.ts';
import { resolveApi } from '#core/models/resolve-api.ts';
import { readSettings } from '#core/settings.ts';
import { folderWith } from '../../support/cli.ts';

const baseUrl = 'https://lab.example/v1';

const SETTINGS = [
  {},
  {
    providers: {
      lab: { baseUrl, api: 'responses' },
      mine: { baseUrl: 'https://api.openai.com/v1' },
    },
  },
  { providers: { openai: { api: 'chat' }, anthropic: { api: 'chat' }, azure: { baseUrl } } },
  { providers: { lab: { baseUrl } }, routes: [{ model: '*', provider: 'lab' }] },
  {
    models: { 'lab/one': { reasons: true }, 'gpt-4o': { takesTemperature: false } },
    providers: { lab: { baseUrl } },
  },
];

const IDS = [
  'openai/gpt-4o',
  'gpt-4o',
  'openai/o3-pro',
  'o3-pro',
  'azure/o3-pro',
  'openrouter/openai/o3-pro',
  'mine/o3-pro',
  'lab/one',
  'lab/o3-pro',
  'anthropic/claude-sonnet-4-6',
  'claude-sonnet-4-6',
  'openrouter/anthropic/claude-sonnet-4-6',
  'ollama/llama3.2',
  'google/gemini-2.5-pro',
  'vscode/copilot/gpt-4o',
  'nobody/unheard-of-99',
  'constructor/x',
  'auto',
  '',
];

test('check assumes the interface, the name and the traits that calls have', async (t) => {
  const root = await folderWith(t, {});
  for (const given of SETTINGS) {
    const { settings, complaints } = readSettings(given);
    assert.deepEqual(complaints, []);
    const env = { AZURE_OPENAI_ENDPOINT: 'https://acme.example' };
    const access = await ModelAccess.open({
      root,
      settings,
      env,
      consents: [],
      hosted: { vscode: {} as never },
    });
    for (const id of IDS) {
      const target = access.target(id);
      const resolved = resolveApi(id, settings);
      if ('error' in target) assert.equal(resolved, null, id);
      else {
        const { model, connection } = target;
        const { api = 'chat', traits } = connection ?? {};
        assert.deepEqual(resolved, { api, model, ...(traits ? { traits } : {}) }, id);
      }
    }
  }
});
