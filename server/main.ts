import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { CHECKS } from '#core/eval/checks/index.ts';
import { rules } from '#core/rules/index.ts';
import { loadCatalogue } from '#io/catalogue.ts';
import { resolvePath } from '#io/files.ts';
import { createSecretScanner } from '#io/secrets.ts';
import { createFileTokenizer } from '#io/tokenizer.ts';
import { keepYoungGenerationSmall } from '#io/v8-flags.ts';
import { features } from './features/index.ts';
import { cancelUndispatched } from './guard.ts';
import { serve } from './server.ts';

keepYoungGenerationSmall();
const connection = createConnection(ProposedFeatures.all, {
  connectionStrategy: { cancelUndispatched },
});
serve(connection, {
  features,
  checks: CHECKS,
  folder: process.cwd(),
  loaders: {
    rules,
    catalogue: loadCatalogue,
    tokenizer: createFileTokenizer(resolvePath(import.meta.dirname, 'tokens')),
    secrets: createSecretScanner(),
    today: () => new Date().toISOString().slice(0, 10),
  },
});
connection.listen();
