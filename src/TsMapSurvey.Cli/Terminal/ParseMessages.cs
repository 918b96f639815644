using System.CommandLine;
using System.Text.RegularExpressions;

namespace TsMapSurvey.Cli.Terminal;

/// <summary>What is wrong with a command line, without the names of .NET's types and with what may have been meant.</summary>
internal static partial class ParseMessages
{
    public static IEnumerable<string> Of(ParseResult parsed)
    {
        var (command, unknown) = (parsed.CommandResult.Command, parsed.UnmatchedTokens);
        // A word that is no command leaves the command missing too: one thing, said once.
        var isSaidOnce = command.Subcommands.Count > 0 && unknown.Count > 0;
        return parsed.Errors.Select(error =>
            (error.Message, Typed: unknown.FirstOrDefault(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal))))
            .Where(error => error.Typed is not null || !isSaidOnce)
            .Select(error => Readable(error.Message, error.Typed, command)).Distinct();
    }

    /// <summary>A suggestion to put behind a message; empty where no option or command is near.</summary>
    public static string Suggestion(string typed, Command command)
    {
        IEnumerable<Symbol> candidates = typed.StartsWith('-') ? command.Options.Where(option => !option.Hidden) : command.Subcommands;
        return NearestName.Of(typed.Split('=', ':')[0], candidates.Select(symbol => symbol.Name)) is { } near
            ? $" Did you mean {near}?" : "";
    }

    private static string Readable(string message, string? typed, Command command)
    {
        if (BadValue().Match(message) is { Success: true } value)
            return $"{value.Groups["name"].Value}: found '{value.Groups["found"].Value}', expected {Kind(value.Groups["type"].Value)}";
        return typed is null ? message : message + Suggestion(typed, command);
    }

    private static string Kind(string type) =>
        type.Contains("Int", StringComparison.Ordinal)
            ? "a whole number" : type.Contains("Double", StringComparison.Ordinal) ? "a number" : "another value";

    [GeneratedRegex("^Cannot parse argument '(?<found>.*)' for (?:option|command|argument) '(?<name>.*)' as expected type '(?<type>.*)'",
        RegexOptions.Singleline)]
    private static partial Regex BadValue();
}
