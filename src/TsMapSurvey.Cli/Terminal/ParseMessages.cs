using System.CommandLine;
using System.Text.RegularExpressions;

namespace TsMapSurvey.Cli.Terminal;

/// <summary>The parser's errors in plain words: without names of .NET types, and with suggestions.</summary>
internal static partial class ParseMessages
{
    public static IEnumerable<string> Of(ParseResult parsed)
    {
        var (command, unknown) = (parsed.CommandResult.Command, parsed.UnmatchedTokens);
        // An unknown command also causes the error "required command was not provided": report only the first.
        var isUnknownCommand = command.Subcommands.Count > 0 && unknown.Count > 0;
        return parsed.Errors.Select(error =>
            (error.Message, Typed: unknown.FirstOrDefault(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal))))
            .Where(error => error.Typed is not null || !isUnknownCommand)
            .Select(error => Readable(error.Message, error.Typed, command)).Distinct();
    }

    /// <summary>A suggestion to append to a message; empty where no option or command is similar.</summary>
    public static string Suggestion(string typed, Command command)
    {
        IEnumerable<Symbol> candidates = typed.StartsWith('-') ? command.Options.Where(option => !option.Hidden) : command.Subcommands;
        return NearestName.Of(typed.Split('=', ':')[0], candidates.Select(symbol => symbol.Name)) is { } nearest
            ? $" Did you mean {nearest}?" : "";
    }

    private static string Readable(string message, string? typed, Command command)
    {
        if (InvalidValue().Match(message) is { Success: true } value)
            return $"{value.Groups["name"].Value}: found '{value.Groups["found"].Value}', expected {Kind(value.Groups["type"].Value)}";
        return typed is null ? message : message + Suggestion(typed, command);
    }

    private static string Kind(string type) =>
        type.Contains("Int", StringComparison.Ordinal)
            ? "a whole number" : type.Contains("Double", StringComparison.Ordinal) ? "a number" : "another value";

    [GeneratedRegex("^Cannot parse argument '(?<found>.*)' for (?:option|command|argument) '(?<name>.*)' as expected type '(?<type>.*)'",
        RegexOptions.Singleline)]
    private static partial Regex InvalidValue();
}
