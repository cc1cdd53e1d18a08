import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Angelcam, bearerToken } from "angelcam-client";
import createQueries from "openapi-react-query";

function fetchToken(): Promise<string> {
  return fetch("/angelcam-token").then((response) => response.text());
}

const angelcam = new Angelcam({
  // Your server decides which token a browser may hold; see the recipe for browser apps.
  auth: bearerToken(fetchToken),
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
