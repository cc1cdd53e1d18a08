import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Angelcam, bearerToken } from "angelcam-client";
import createQueries from "openapi-react-query";

let known: { readonly token: string; readonly until: number } | undefined;

/** An access token for the signed-in visitor, from your own server; see the recipe for browser apps. */
async function fetchToken(): Promise<string> {
  if (known && Date.now() < known.until) return known.token;
  const response = await fetch("/angelcam-token", { method: "POST", credentials: "same-origin" });
  if (!response.ok) throw new Error(`No token for this visitor: HTTP ${response.status}`);
  known = { token: await response.text(), until: Date.now() + 300_000 };
  return known.token;
}

const angelcam = new Angelcam({
  auth: {
    ...bearerToken(fetchToken),
    // A rejected token is not used again: the request is sent again with the next one.
    async refresh({ rejected }) {
      if (rejected === `Bearer ${known?.token}`) known = undefined;
      return "refreshed";
    },
  },
});
const queries = createQueries(angelcam.api);

/** The client retries and keeps to the quota, so the queries need not. */
const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });

function CameraList() {
  const { data, error, isPending } = queries.useQuery("get", "/v1/cameras/", { params: { query: { limit: 100 } } });
  if (isPending) return <p>Loading</p>;
  if (error) return <p role="alert">{"title" in error ? error.title : "Cameras cannot be loaded"}</p>;
  return (
    <ul>
      {data.results.map(({ id, name, status }) => (
        <li key={id}>{`${name}: ${status}`}</li>
      ))}
    </ul>
  );
}

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <CameraList />
    </QueryClientProvider>
  );
}
