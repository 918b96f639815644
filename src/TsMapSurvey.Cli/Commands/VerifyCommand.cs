using System.CommandLine;
using System.Globalization;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Verification;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Cli.Commands;

/// <summary>
/// Whether a survey's stacks are those of their observations, and what is stored beside them is whole; straight from the store.
/// </summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var survey = StoreThere.SurveyOption();
        var store = new Option<string>("--store")
        { Description = "Folder or blob storage of the survey", DefaultValueFactory = _ => "./tsmap-data" };
        var repair = new Option<bool>("--repair")
        {
            Description =
                "Make bad stacks anew from their observations, lost manifests and ledgers from checkpoints and the records of "
                + "observations, lost records from the tiles, and delete published files that are damaged: they are made again when asked "
                + "for. Better without a server on the store: one that holds such a tile answers with the old stack until its next commit",
        };
        var json = Report.JsonOption();
        var command = new Command("verify",
            "Stack every tile anew from its observations and compare; check manifests, checkpoints, records, maps and mosaics by their "
            + "checksums; needs no server. Exit code 1 when something differs or is damaged and is not repaired")
            { survey, store, repair, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var url = parsed.GetValue(store)!;
            var blobs = StoreThere.Open(url);
            var name = await StoreThere.NameAsync(blobs, url, parsed.GetValue(survey), cancellationToken);
            var tiles = await VerifyAsync(blobs, name, parsed.GetValue(repair), cancellationToken);
            if (parsed.GetValue(json)) Report.Json(tiles);
            else Show(tiles);
            return tiles.TrueForAll(IsWell) ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static async Task<List<TileVerification>> VerifyAsync(
        IBlobStore blobs, string survey, bool repair, CancellationToken cancellationToken)
    {
        using var verification = new SurveyVerification(blobs);
        var tiles = new List<TileVerification>();
        try
        {
            await foreach (var tile in verification.RunAsync(survey, repair, cancellationToken)) tiles.Add(tile);
        }
        catch (SurveyServiceException bad)
        {
            throw CliErrors.Of(blobs.Description, bad);
        }

        return tiles;
    }

    private static void Show(List<TileVerification> tiles)
    {
        Report.Table(["tile", "revision", "observations", "largest difference", "verdict"], tiles.Select(tile => (IReadOnlyList<string>)
        [
            tile.Tile, tile.Revision.ToString(CultureInfo.InvariantCulture), tile.Observations.ToString(CultureInfo.InvariantCulture),
            tile.LargestRelative?.ToString("g3", CultureInfo.InvariantCulture) ?? "", Verdict(tile),
        ]));
        foreach (var tile in tiles)
            foreach (var problem in tile.Problems) Report.Line($"{tile.Tile}: {problem}");
        var stacks = tiles.Count(tile => tile.Tile is not (TileVerification.Records or TileVerification.Published));
        var (odd, repaired) = (tiles.Count(tile => tile.Problems.Count > 0), tiles.Count(tile => tile.Repaired));
        Report.Line(string.Create(CultureInfo.InvariantCulture, $"{stacks} tiles, {odd} with problems, {repaired} repaired"));
    }

    private static string Verdict(TileVerification tile) => tile.Repaired ? "repaired" : tile.Problems.Count == 0 ? "good" : "bad";

    private static bool IsWell(TileVerification tile) => tile.Problems.Count == 0 || tile.Repaired;
}
