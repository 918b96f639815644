using System.CommandLine;
using System.CommandLine.Parsing;

namespace TsMapSurvey.Cli.Terminal;

/// <summary>Checks that every command line passes before anything is read or written.</summary>
internal static class TypedChecks
{
    private static readonly string[] Writing = ["--out", "--plot"];

    public static IReadOnlyList<string> Problems(ParseResult parsed) =>
        [.. DecimalCommas(parsed.CommandResult), .. Overwritten(parsed.CommandResult)];

    /// <summary>.NET takes a comma in a number as the separator of thousands: 2,5 would be 25.</summary>
    private static IEnumerable<string> DecimalCommas(CommandResult command) =>
        from option in command.Children.OfType<OptionResult>()
        where option.Option.ValueType == typeof(double) || option.Option.ValueType == typeof(double?)
        from token in option.Tokens
        where token.Value.Contains(',', StringComparison.Ordinal)
        select $"{option.Option.Name}: found {token.Value}, expected a number with a decimal point, like {token.Value.Replace(',', '.')}";

    private static IEnumerable<string> Overwritten(CommandResult command)
    {
        var options = command.Children.OfType<OptionResult>().ToArray();
        var inputs = command.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .Concat(options.Where(option => !Writing.Contains(option.Option.Name)).SelectMany(option => option.Tokens))
            .Select(token => token.Value.Split('#')[0]).Where(File.Exists).ToArray();
        return
            from option in options
            where Writing.Contains(option.Option.Name)
            from token in option.Tokens
            let same = Array.Find(inputs, input => ResolvedPath(input) == ResolvedPath(token.Value))
            where same is not null
            select $"{option.Option.Name}: {token.Value} is also an input file, expected another name";
    }

    /// <summary>The full path, with symbolic links resolved.</summary>
    private static string ResolvedPath(string path)
    {
        var full = Path.GetFullPath(path);
        return File.Exists(full) ? new FileInfo(full).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full : full;
    }
}
