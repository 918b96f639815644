using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Plots;

namespace TsMapSurvey.Server.Api.Pictures;

internal static class QuantityImage
{
    /// <summary>All energy bins as an ImageHDU named after the quantity in capitals; the primary header has the revision.</summary>
    /// <param name="tile">Null: the whole survey.</param>
    public static byte[] Fits(Map<double> map, string quantity, string survey, string? tile, DataVersion version)
    {
        using var content = new MemoryStream();
        using (var writer = new FitsWriter(content, leaveOpen: true))
        {
            var primary = new FitsHeader().Set("CREATOR", "TsMapSurvey").Set("SURVEY", survey);
            if (tile is not null) primary.Set("TILE", tile);
            primary.Set("REVISION", version.Revision, tile is null ? "sum of the tiles' revisions" : "of the tile's stack");
            if (version.ComputedAt is { } at) primary.Set(
                "COMPUTED", at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture), "UTC");
            writer.WriteEmptyPrimary(primary);
            MapWriter.Write(writer, quantity.ToUpperInvariant(), map, FitsElementType.Double);
        }

        return content.ToArray();
    }

    public static byte[] Png(Map<double> map, int plane, ColorScale scale) =>
        MapImage.Png(map.Plane(plane), map.Geometry.Width, map.Geometry.Height, scale);

    /// <summary>The quantity's own colours, modified by the request's parameters.</summary>
    public static ColorScale Scale(Parameters parameters, string quantity, PictureQuery picture)
    {
        var own = QuantityLabels.Of(quantity).Scale;
        return parameters.Try<PlotException, ColorScale>(() => own.With(picture.ColormapName, picture.Stretch, picture.Rescale)) ?? own;
    }
}
