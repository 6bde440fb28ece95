/** An address of Azure that ends in a deployment, without it; `deployment` is null where it has none. */
export function splitDeployment(address: string): {
  readonly root: string;
  readonly deployment: string | null;
} {
  const [, root = address, name] = /^(.*\/openai)\/deployments\/([^/?#]+)$/.exec(address) ?? [];
  return { root, deployment: name === undefined ? null : decodeURIComponent(name) };
}
