using System.CommandLine;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Estimators;
using TsMapSurvey.Surveys.Options;

namespace TsMapSurvey.Cli.Estimator;

/// <summary>The command-line options of the estimator's parameters, with gammapy's meanings and defaults.</summary>
internal sealed class EstimatorOptions
{
    /// <summary>The order in which problems of several options are listed.</summary>
    private static readonly MapOption[] ReadingOrder =
        [.. new[] { MapOptions.SumOverEnergyGroups, MapOptions.Amplitude, MapOptions.Reference }.Union(MapOptions.All)];

    private readonly Dictionary<MapOption, Option> _options = MapOptions.AllInHelpOrder.ToDictionary(option => option, Create);
    private readonly Option<int> _nJobs = new("--n-jobs") { Description = "Threads", DefaultValueFactory = _ => new TsMapOptions().NJobs };

    public BackendOptions Backend { get; } = new();

    public void AddTo(Command command)
    {
        foreach (var option in MapOptions.AllInHelpOrder)
        {
            command.Add(_options[option]);
            if (option == MapOptions.DownsamplingFactor) command.Add(_nJobs);
        }

        Backend.AddTo(command);
    }

    /// <exception cref="UsageException">One or more options are wrong; the message lists all of them by name.</exception>
    public TsMapOptions Read(ParseResult parsed)
    {
        var problems = new List<string>(Backend.Problems(parsed, _nJobs));
        var options = new TsMapOptions { NJobs = parsed.GetValue(_nJobs) };
        foreach (var option in ReadingOrder)
        {
            if (option == MapOptions.Amplitude) problems.AddRange(ConflictsWithModel(parsed));
            if (IsGiven(parsed, option)) options = Set(options, option, parsed, problems);
        }

        problems.AddRange(options.Problems().Select(problem => "--" + problem.Replace('_', '-')));
        return problems.Count == 0 ? options : throw CliErrors.Usage(problems);
    }

    private IEnumerable<string> ConflictsWithModel(ParseResult parsed) =>
        from option in MapOptions.ExcludedByModel
        where IsGiven(parsed, MapOptions.Model) && IsGiven(parsed, option)
        select $"{MapOptions.Model.Typed} and {option.Typed}: found both, expected one of them";

    private bool IsGiven(ParseResult parsed, MapOption option) => parsed.GetResult(_options[option]) is { Implicit: false };

    private TsMapOptions Set(TsMapOptions options, MapOption option, ParseResult parsed, List<string> problems)
    {
        object? value = _options[option] switch
        {
            Option<double?> number => parsed.GetValue(number),
            Option<int?> integer => (double?)parsed.GetValue(integer),
            Option<string?> text when option.HasCommandLineNotation => parsed.GetValue(text),
            Option<string?> flag when option.Type == typeof(bool) => ReadFlag(option, parsed.GetValue(flag)!, problems),
            var words => SelectionWords.Read(parsed.GetValue((Option<string?>)words), problems),
        };
        return value is null ? options
            : option.HasCommandLineNotation ? option.SetFromCommandLine(options, (string)value, problems)
            : option.Set(options, value, option.Typed, problems);
    }

    private static bool? ReadFlag(MapOption option, string text, List<string> problems)
    {
        var flag = YesNo.Parse(text);
        if (flag is null) problems.Add($"{option.Typed}: found '{text}', expected true or false");
        return flag;
    }

    private static Option Create(MapOption option)
    {
        Option typed = option.HasCommandLineNotation || option.Type == typeof(bool) || option.Type == typeof(string[])
            ? With(new Option<string?>(option.Typed), option.Default is bool flag ? (flag ? "true" : "false") : (string?)option.Default)
            : option.Type == typeof(int) ? With(new Option<int?>(option.Typed), (int?)option.Default)
            : With(new Option<double?>(option.Typed), (double?)option.Default);
        typed.Description = option.Help;
        return typed;
    }

    private static Option<T> With<T>(Option<T> option, T defaultValue)
    {
        if (defaultValue is not null) option.DefaultValueFactory = _ => defaultValue;
        return option;
    }
}
