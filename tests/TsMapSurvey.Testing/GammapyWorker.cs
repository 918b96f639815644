using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace TsMapSurvey.Testing;

/// <summary>
/// One gammapy process for all tests of a program, since importing gammapy takes longer than most scripts. Each script runs with names,
/// arguments and output of its own, one at a time. The process ends with its standard input, and so with the tests.
/// </summary>
internal sealed class GammapyWorker
{
    /// <summary>Reads one script a line, as arguments of python3, and answers with its exit code and all that it printed.</summary>
    private const string Loop = """
        import contextlib, io, json, sys, traceback
        answers = sys.stdout
        for line in sys.stdin:
            arguments, printed, code = json.loads(line), io.StringIO(), 0
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                try:
                    source = arguments[1] if arguments[0] == "-c" else open(arguments[0]).read()
                    sys.argv = arguments
                    exec(compile(source, arguments[0], "exec"), {"__name__": "__main__"})
                except SystemExit as exit:
                    code = exit.code if isinstance(exit.code, int) else int(exit.code is not None)
                except BaseException:
                    traceback.print_exc()
                    code = 1
            answers.write(json.dumps([code, printed.getvalue()]) + "\n")
            answers.flush()
        """;

    private static readonly Lazy<GammapyWorker> One = new(() => new GammapyWorker());

    private readonly Lock _oneAtATime = new();
    private readonly Process _process;

    private GammapyWorker()
    {
        var start = new ProcessStartInfo(Tools.NeedGammapy(), ["-c", Loop]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        _process = Process.Start(start)!;
    }

    /// <summary>Runs a script to its end (at most <paramref name="seconds"/>, then the test fails).</summary>
    public static ToolResult Run(string[] arguments, double seconds = 300) => One.Value.RunNext(arguments, seconds);

    private ToolResult RunNext(string[] arguments, double seconds)
    {
        lock (_oneAtATime)
        {
            _process.StandardInput.WriteLine(JsonSerializer.Serialize(arguments));
            _process.StandardInput.Flush();
            var answer = _process.StandardOutput.ReadLineAsync();
            if (!answer.Wait(TimeSpan.FromSeconds(seconds)))
            {
                _process.Kill(entireProcessTree: true);
                Assert.Fail($"gammapy did not end within {seconds} s");
            }

            if (answer.Result is not { } line) return new ToolResult(-1, "", "the gammapy process has ended");
            using var json = JsonDocument.Parse(line);
            return new ToolResult(json.RootElement[0].GetInt32(), json.RootElement[1].GetString()!, "");
        }
    }
}
