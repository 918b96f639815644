using TsMapSurvey.Maps;

namespace TsMapSurvey.Models;

/// <summary>Interpolates maps that have axes of model parameters in addition to energy, at given values of the parameters.</summary>
internal static class MapSlices
{
    /// <summary>0, 1, 2 ...: the bin numbers of an axis as interpolation nodes.</summary>
    public static double[] Pixels(MapAxis axis) => [.. Enumerable.Range(0, axis.BinCount).Select(i => (double)i)];

    /// <summary>The map's planes along one axis, interpolated over all other axes, and the value used for each parameter.</summary>
    /// <param name="scale">Applied to the values before the interpolation.</param>
    /// <param name="kept">Name of the axis that is not interpolated; the result is one plane if the map does not have it.</param>
    /// <param name="given">Parameter values in the units of their axes; the middle of the axis is used for a parameter without
    /// value.</param>
    /// <exception cref="MapException">A given parameter is not an axis of the map.</exception>
    public static (double[] Planes, IReadOnlyList<TableParameter> Parameters) AtParameters(
        Map<double> map, Func<double, double> scale, string kept, IReadOnlyList<TableParameter> given)
    {
        var axes = map.Geometry.Axes;
        TableParameter[] parameters = [.. axes.Where(axis => axis.Name != kept).Select(axis =>
            given.FirstOrDefault(parameter => parameter.Name == axis.Name)
                ?? new TableParameter(axis.Name, (axis.Edges[0] + axis.Edges[^1]) / 2, axis.Unit))];
        if (given.FirstOrDefault(one => parameters.All(parameter => parameter.Name != one.Name)) is { } unknown)
            throw ModelErrors.BadModel(
                $"found the parameter {unknown.Name}, expected one of "
                + $"{string.Join(", ", parameters.Select(parameter => parameter.Name))}");
        if (parameters.Length == 0) return (Array.ConvertAll(map.Data, value => scale(value)), parameters);
        var keptBins = axes.FirstOrDefault(axis => axis.Name == kept)?.BinCount ?? 1;
        var length = map.Geometry.PlaneLength;
        var planes = new double[keptBins * length];
        var values = Array.ConvertAll(map.Data, value => scale(value));
        // The first axis of a map is the fastest, that of a table the slowest.
        var slowest = axes.Reverse().ToArray();
        for (var pixel = 0; pixel < length; pixel++)
        {
            var table = new MultilinearTable(
                [.. slowest.Select(Pixels)],
                [.. Enumerable.Range(0, map.Geometry.PlaneCount).Select(plane => values[plane * length + pixel])]);
            for (var k = 0; k < keptBins; k++)
                planes[k * length + pixel] = table.Interpolate([.. slowest.Select(axis =>
                    axis.Name == kept ? k : axis.CoordinateToPixel(parameters.First(parameter => parameter.Name == axis.Name).Value))]);
        }

        return (planes, parameters);
    }
}
