using System.CommandLine;
using TsMapSurvey.Cli.Terminal;

namespace TsMapSurvey.Cli.Estimator;

/// <summary>The options that choose where the estimator runs, like gammapy's parallel_backend. The results are the same.</summary>
internal sealed class BackendOptions
{
    private const string Local = "local";
    private const string Orleans = "orleans";

    private static readonly string[] Backends = [Local, Orleans];

    private readonly Option<string> _backend = new("--parallel-backend")
    {
        Description =
        "local: threads of this process; orleans: all silos of a running server's cluster",
        DefaultValueFactory = _ => Local
    };
    private readonly Option<string> _server = ServerClient.ServerOption();
    private readonly Option<string?> _key = ServerClient.KeyOption();

    public void AddTo(Command command)
    {
        _server.Description += ", for --parallel-backend orleans";
        command.Add(_backend);
        command.Add(_server);
        command.Add(_key);
    }

    public IEnumerable<string> Problems(ParseResult parsed, Option<int> threads)
    {
        var backend = Backend(parsed);
        if (backend is null) yield return Choice.Problem(_backend.Name, parsed.GetValue(_backend)!, Backends);
        if (backend != Orleans && IsGiven(parsed, _server))
            yield return $"{_server.Name}: found {parsed.GetValue(_server)}, expected it only with {_backend.Name} {Orleans}";
        if (backend == Orleans && IsGiven(parsed, threads))
            yield return $"{threads.Name}: found {parsed.GetValue(threads)}, expected none with {_backend.Name} {Orleans}: each silo "
            + "chooses its own number of threads";
    }

    public ClusterBackend? ClusterOf(ParseResult parsed) =>
        Backend(parsed) == Orleans ? new ClusterBackend(parsed.GetValue(_server)!, ServerClient.KeyOf(parsed, _key)) : null;

    private string? Backend(ParseResult parsed) => Choice.Find(parsed.GetValue(_backend)!, Backends);

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };
}
