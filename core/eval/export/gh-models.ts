import type { JobRecord, RunRecord } from './run-record.ts';

/**
 * Renders a run like `gh models eval --json`: `{name, description, model, testResults, summary}`. An errored
 * call, which would end that program, is a result that did not pass.
 */
export function renderGhModelsReport({
  report: { name, summary },
  description,
  jobs,
}: RunRecord): string {
  const judged = jobs.filter(({ outcome }) => outcome !== 'skipped');
  const passed = judged.filter(({ outcome }) => outcome === 'passed').length;
  const output = {
    name,
    description,
    model: summary.run.models[0] ?? '',
    testResults: judged.map(createTestResult),
    summary: {
      totalTests: judged.length,
      passedTests: passed,
      failedTests: judged.length - passed,
      passRate: judged.length === 0 ? 100 : (passed / judged.length) * 100,
    },
  };
  return `${JSON.stringify(output, null, 2)}\n`;
}

function createTestResult({ row, answer, error, results }: JobRecord): unknown {
  const failed = { evaluatorName: 'model call', score: 0, passed: false, details: error?.message };
  return {
    testCase: row,
    modelResponse: answer?.text.trim() ?? '',
    evaluationResults: answer
      ? results.map((result) => ({
          evaluatorName: result.name,
          score: result.score ?? 0,
          passed: result.passed === true,
          details: result.error ?? result.detail,
        }))
      : [failed],
  };
}
