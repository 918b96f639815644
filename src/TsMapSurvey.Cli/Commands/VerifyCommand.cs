using System.CommandLine;
using System.Globalization;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Verification;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Cli.Commands;

internal static class VerifyCommand
{
    public static Command Create()
    {
        var survey = ExistingStore.SurveyOption();
        var store = new Option<string>("--store")
        { Description = "Store of the survey, a folder or blob storage", DefaultValueFactory = _ => "./tsmap-data" };
        var repair = new Option<bool>("--repair")
        {
            Description =
                "Make wrong stacks again from their observations, rebuild lost manifests and ledgers from checkpoints and observation "
                + "records, rebuild lost records from the tiles, and delete damaged published files, which are made again on request. Best "
                + "run without a server on the store: a server that holds such a tile answers with the old stack until its next commit",
        };
        var json = Report.JsonOption();
        var command = new Command("verify",
            "Stack every tile again from its observations and compare; check manifests, checkpoints, records, maps and mosaics by their "
            + "checksums. Needs no server. Exit code 1 if something differs or is damaged and was not repaired")
            { survey, store, repair, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var url = parsed.GetValue(store)!;
            var blobs = ExistingStore.Open(url);
            var name = await ExistingStore.NameAsync(blobs, url, parsed.GetValue(survey), cancellationToken);
            var tiles = await VerifyAsync(blobs, name, parsed.GetValue(repair), cancellationToken);
            if (parsed.GetValue(json)) Report.Json(tiles);
            else Print(tiles);
            return tiles.TrueForAll(IsGoodOrRepaired) ? ExitCode.Done : ExitCode.Failed;
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
        catch (SurveyServiceException exception)
        {
            throw CliErrors.Of(blobs.Description, exception);
        }

        return tiles;
    }

    private static void Print(List<TileVerification> tiles)
    {
        Report.Table(["tile", "revision", "observations", "largest difference", "verdict"], tiles.Select(tile => (IReadOnlyList<string>)
        [
            tile.Tile, tile.Revision.ToString(CultureInfo.InvariantCulture), tile.Observations.ToString(CultureInfo.InvariantCulture),
            tile.LargestRelative?.ToString("g3", CultureInfo.InvariantCulture) ?? "", Verdict(tile),
        ]));
        foreach (var tile in tiles)
            foreach (var problem in tile.Problems) Report.Line($"{tile.Tile}: {problem}");
        var stacks = tiles.Count(tile => tile.Tile is not (TileVerification.Records or TileVerification.Published));
        var (damaged, repaired) = (tiles.Count(tile => tile.Problems.Count > 0), tiles.Count(tile => tile.Repaired));
        Report.Line(string.Create(CultureInfo.InvariantCulture, $"{stacks} tiles, {damaged} with problems, {repaired} repaired"));
    }

    private static string Verdict(TileVerification tile) => tile.Repaired ? "repaired" : tile.Problems.Count == 0 ? "good" : "bad";

    private static bool IsGoodOrRepaired(TileVerification tile) => tile.Problems.Count == 0 || tile.Repaired;
}
