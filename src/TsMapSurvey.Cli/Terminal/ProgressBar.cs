using Spectre.Console;

namespace TsMapSurvey.Cli.Terminal;

/// <summary>A progress bar on stderr; nothing where stderr is not a terminal.</summary>
internal static class ProgressBar
{
    public static async Task<T> ShowAsync<T>(string title, Func<IProgress<double>, Task<T>> work)
    {
        if (System.Console.IsErrorRedirected) return await work(new Silent());
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) });
        return await console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(title), maxValue: 1);
                return await work(new Direct(fraction => bar.Value = Math.Max(bar.Value, fraction)));
            });
    }

    private sealed class Silent : IProgress<double>
    {
        public void Report(double value)
        {
        }
    }

    /// <summary>Reports in order on the caller's thread; Progress{T} does not.</summary>
    private sealed class Direct(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
