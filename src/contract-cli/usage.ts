/** The text of `--help`. */
export const USAGE = `Usage: angelcam-contract [options]                            run workflows
       angelcam-contract --explore [options]                  call every operation that only reads
       angelcam-contract proxy --target URL [options]         check the traffic of any program
       angelcam-contract diff OTHER.yaml [options]            compare another OpenAPI document with this one

Checks every request and response against the OpenAPI document of the Angelcam API.

Server
  --server URL             a mock, a sandbox, a proxy; without it, Angelcam itself
  --wait SECONDS           how long to wait for a server that does not listen yet (default: 0)
  --timeout SECONDS        how long all of it may take (default: 300)
  --write                  allow requests that create, change or delete; without it, they are not sent

Workflows
  --workflow NAME          only this one; may be given several times
  --file FILE              an Arazzo 1.0.1 file instead of our workflows; may be given several times
  --input NAME=TEXT        an input of its workflows; may be given several times
  --list                   print which workflows there are

Exploring
  --explore                call every operation that only reads, with ids from lists that came before; with --write, the
                           others too, which is for a sandbox only
  --seed NUMBER            repeat a run that printed this seed

Checks
  --strict                 a warning (an unknown field, an unknown enum value) is a failure
  --ignore FILE            known violations, each with its operation and a reason; an entry that is no longer needed fails
  --coverage KIND=PERCENT  fail below this share of operations, parameters, fields, responses or properties; may be given
                           several times, such as --coverage operations=40
  --max-response-time SECONDS
                           how long a response may take (default: 20)

Reports, written however the run ends
  --json FILE              everything, for programs
  --junit FILE             JUnit XML
  --html FILE              one page, for people
  --har FILE               the traffic as HAR 1.2, credentials masked
  In GitHub Actions (GITHUB_ACTIONS is set), each failure and warning becomes an annotation as well.

proxy
  --target URL             where the requests go; the proxy prints its own address, and listens until Ctrl+C
  --port PORT              its port on 127.0.0.1; 0 for a free one (default: 4030, and a free one with a COMMAND)
  --read-only              do not send requests that write
  --record FILE            the same as --har; angelcam-sandbox --replay FILE plays it back
  -- COMMAND               run this program, with the proxy's address in ANGELCAM_BASE_URL, and end when it ends; a program
                           that fails is a failed check
  Also takes --wait, --timeout (default: 604800, a week), --strict, --ignore, --coverage, --max-response-time and the reports.

diff
  --known FILE             known differences, each with a reason; an entry that is no longer needed fails
  --json FILE              every difference, for programs

  --version                print the version
  -h, --help               print this text

Credentials come from the environment: ANGELCAM_CLIENT_ID, ANGELCAM_USERNAME and ANGELCAM_PASSWORD, or ANGELCAM_TOKEN, a
personal access token. A server on this machine gets those of a fresh sandbox if none is set. The proxy adds none.

Exit code: 0 all is well; 1 a check failed, the contract was broken, or nothing was checked; 2 it could not begin,
or could not write a report.`;
