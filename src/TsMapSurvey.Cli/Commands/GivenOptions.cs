using System.CommandLine;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Cli.Commands;

/// <summary>The options that name the maps of event lists without responses, instead of <c>events.given</c> in survey.json.</summary>
internal sealed class GivenOptions
{
    private readonly Option<string?> _exposure = new("--exposure")
    { Description = "Exposure cube at energies (gtexpcube2), for event lists without responses; needs --background and --psf" };

    private readonly Option<string[]> _backgrounds = new("--background")
    {
        Description = "Cube of expected events, or of a flux in cm-2 s-1 sr-1 MeV-1; several are added",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _psf = new("--psf") { Description = "Point spread function (gtpsf)" };

    private readonly Option<double?> _totalTime = new("--total-time")
    { Description = "Good time of all event lists together in seconds, of which each takes its share [default: there is one]" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _exposure, _backgrounds, _psf, _totalTime }) command.Add(option);
    }

    /// <summary>Null if none of the options is there.</summary>
    /// <exception cref="FailedException">Some are there, and others that they need are not.</exception>
    public GivenDefinition? Of(ParseResult parsed)
    {
        var (exposure, backgrounds, psf) = (parsed.GetValue(_exposure), parsed.GetValue(_backgrounds) ?? [], parsed.GetValue(_psf));
        var total = parsed.GetValue(_totalTime);
        if (exposure is null && backgrounds.Length == 0 && psf is null && total is null) return null;
        if (total is not null and not (> 0 and <= double.MaxValue))
            throw CliErrors.Wrong(_totalTime.Name, FormattableString.Invariant($"{total}"), "seconds above 0");
        return new GivenDefinition
        {
            Exposure = Needed(_exposure.Name, exposure),
            Backgrounds = backgrounds.Length > 0 ? [.. backgrounds.Select(Path.GetFullPath)] : [Needed(_backgrounds.Name, null)],
            Psf = Needed(_psf.Name, psf),
            TotalTimeS = total,
        };
    }

    /// <summary>Not relative to survey.json, as its own files are.</summary>
    private static string Needed(string option, string? path) => path is not null ? Path.GetFullPath(path)
        : throw CliErrors.Wrong(option, "nothing", "a file: --exposure, --background and --psf go together");
}
