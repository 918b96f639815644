using TsMapSurvey.Contracts;
using TsMapSurvey.Estimators;
using TsMapSurvey.Maps;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api.Tiles;

/// <summary>A tile's quantity and how to read its values.</summary>
/// <param name="Name">A cache key that is unique for the values.</param>
/// <param name="Pending">The answer to send instead if there are no values yet.</param>
internal sealed record TileQuantity(
    string Name, DataVersion Version, Func<CancellationToken, Task<Map<double>>> ReadAsync, IResult? Pending = null);

/// <summary>Finds the values of a tile's quantities: those of a map in its FluxMaps, those of the stack in its MapDataset.</summary>
internal sealed class TileQuantities(Tickets tickets, PublishedMaps published, IBlobStore blobs)
{
    /// <param name="bin">A bin of the quantity's axis; null: all bins of a map or of the exposure, or the sum of a stack's other
    /// quantities.</param>
    public async Task<TileQuantity> FindAsync(KnownSurvey survey, TileId tile, string map, string slice, string quantity, int? bin,
        WaitOptions waitOptions, CancellationToken cancellationToken)
    {
        if (QuantityNames.IsOfStack(quantity))
        {
            var stack = await tickets.StackAsync(survey, tile, slice, cancellationToken);
            return stack.Pending() is { } later ? Waiting(later) : OfStack(survey, tile, stack, map, quantity, bin);
        }

        var ticket = await tickets.MapAsync(survey, tile, map, slice, waitOptions, cancellationToken);
        return ticket.Pending(waitOptions.Fresh) is { } pending
            ? Waiting(pending) : OfMap(survey, ticket.Blob!, map, quantity, bin, ticket.Version());
    }

    /// <summary>Of one revision, if it is still published.</summary>
    /// <exception cref="RequestException">404.</exception>
    public async Task<TileQuantity> FindAsync(
        KnownSurvey survey, TileId tile, string map, string quantity, int? bin, long revision, CancellationToken cancellationToken)
    {
        if (QuantityNames.IsOfStack(quantity))
        {
            var stack = await tickets.StackAsync(survey, tile, SliceWindow.All, cancellationToken);
            if (stack.Blob is null || stack.Revision != revision)
                throw RequestErrors.UnknownRevision($"{quantity} of tile {tile}", revision);
            return OfStack(survey, tile, stack, map, quantity, bin);
        }

        if (revision < 0) throw RequestErrors.UnknownRevision($"map {map} of tile {tile}", revision);
        var blob = new SurveyLayout(survey.Name).Maps(tile.ToString(), map, null).Map(revision);
        if (await blobs.FindAsync(blob, cancellationToken) is null)
        {
            var newest = await tickets.MapAsync(
                survey, tile, map, SliceWindow.All, new WaitOptions(false, TimeSpan.Zero), cancellationToken);
            throw newest.Blob == blob
                ? DamagedBlobException.Missing(blob) : RequestErrors.UnknownRevision($"map {map} of tile {tile}", revision);
        }

        return OfMap(survey, blob, map, quantity, bin, new DataVersion(revision, null, false));
    }

    private TileQuantity OfMap(KnownSurvey survey, string blob, string map, string quantity, int? bin, DataVersion version) =>
        new($"{blob}/{quantity}/{bin}", version, async token =>
            Bin((await published.FluxMapsAsync(blob, survey.Survey.Maps[map], token)).Find(quantity)
                ?? throw SurveyErrors.UnknownQuantity(quantity, QuantityNames.Of(survey.Survey.Maps[map])), bin));

    private TileQuantity OfStack(KnownSurvey survey, TileId tile, StackTicket ticket, string map, string quantity, int? bin) =>
        new(QuantityNames.IsExposure(quantity)
            ? $"{ticket.Blob}/{map}/{quantity}/{bin}" : $"{ticket.Blob}/{quantity}/{bin}", ticket.Version(), async token =>
        {
            var owned = survey.Survey.OwnedPixels(tile);
            var (stack, axis) = (await published.StackAsync(ticket.Blob!, token), survey.Axis(map, quantity));
            Map<double> Image(MapAxis energy, double[] values, string unit)
            {
                owned.Blank(values);
                return new Map<double>(new MapGeometry(stack.Grid.Cutout(owned.Box), energy), values, unit);
            }

            if (!QuantityNames.IsExposure(quantity))
                return Image(bin is { } one ? axis.Slice(one, one) : axis.Squash(), StackPlane.Of(stack, quantity, bin, owned.Box), "");
            var bins = Enumerable.Range(bin ?? 0, bin is null ? axis.BinCount : 1).ToArray();
            double[] values = [.. bins.SelectMany(own => BandExposure.Of(stack, survey.Survey.Maps[map], own, owned.Box))];
            return Image(axis.Slice(bins[0], bins[^1]), values, QuantityNames.ExposureUnit);
        });

    private static TileQuantity Waiting(IResult pending) =>
        new("", default, _ => throw new InvalidOperationException("nothing is published yet"), pending);

    private static Map<double> Bin(Map<double> map, int? bin) =>
        bin is not { } one
            ? map : new Map<double>(map.Geometry.With(map.Geometry.Axes[0].Slice(one, one)), map.Plane(one).ToArray(), map.Unit);
}
