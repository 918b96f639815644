using System.CommandLine;
using System.CommandLine.Parsing;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;

namespace TsMapSurvey.Cli.Commands;

internal static class InputFile
{
    /// <summary>An argument for one or more files. A word that begins with a hyphen is reported as an unknown option.</summary>
    public static Argument<string[]> Arguments(string name, string description)
    {
        var argument = new Argument<string[]>(name) { Description = description, Arity = ArgumentArity.OneOrMore };
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-')))
                result.AddError($"Unknown option '{token.Value}'.{Suggestion(result, token.Value)}");
        });
        return argument;
    }

    public static string Check(string path) => File.Exists(path) ? path : throw CliErrors.NotFound(path);

    /// <summary>A warning for each file that is named more than once: its counts are added each time.</summary>
    public static IEnumerable<string> Repeated(IEnumerable<string> files) =>
        from file in files
        group file by Path.GetFullPath(file) into same
        where same.Count() > 1
        select $"{same.First()} is named {same.Count()} times, and is added {same.Count()} times";

    public static MapDataset ReadDataset(string path) => MapDatasetFile.Read(Check(path));

    private static string Suggestion(ArgumentResult result, string typed) =>
        result.Parent is CommandResult parent ? ParseMessages.Suggestion(typed, parent.Command) : "";
}
