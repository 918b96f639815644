using TsMapSurvey.Maps;

namespace TsMapSurvey.Models;

/// <summary>Maps whose axes beside energy are parameters of a model: what is left at the parameters' values.</summary>
internal static class MapSlices
{
    /// <summary>0, 1, 2 ...: the bins of an axis as nodes.</summary>
    public static double[] Pixels(MapAxis axis) => [.. Enumerable.Range(0, axis.BinCount).Select(i => (double)i)];

    /// <summary>The planes of the map, interpolated over all axes but the one that stays; the parameters as they were taken.</summary>
    /// <param name="scale">Applied to the values before they are interpolated.</param>
    /// <param name="stays">That axis's name; a map may be without it, then one plane is left.</param>
    /// <param name="given">Values of parameters in their axes' units; of others the middle of the axis is taken.</param>
    /// <exception cref="MapException">A name that is no axis.</exception>
    public static (double[] Planes, IReadOnlyList<TableParameter> Parameters) AtParameters(
        Map<double> map, Func<double, double> scale, string stays, IReadOnlyList<TableParameter> given)
    {
        var axes = map.Geometry.Axes;
        TableParameter[] parameters = [.. axes.Where(axis => axis.Name != stays).Select(axis =>
            given.FirstOrDefault(parameter => parameter.Name == axis.Name)
                ?? new TableParameter(axis.Name, (axis.Edges[0] + axis.Edges[^1]) / 2, axis.Unit))];
        if (given.FirstOrDefault(one => parameters.All(parameter => parameter.Name != one.Name)) is { } unknown)
            throw ModelErrors.BadModel(
                $"found the parameter {unknown.Name}, expected one of "
                + $"{string.Join(", ", parameters.Select(parameter => parameter.Name))}");
        if (parameters.Length == 0) return (Array.ConvertAll(map.Data, value => scale(value)), parameters);
        var kept = axes.FirstOrDefault(axis => axis.Name == stays)?.BinCount ?? 1;
        var length = map.Geometry.PlaneLength;
        var planes = new double[kept * length];
        var values = Array.ConvertAll(map.Data, value => scale(value));
        // The first axis of a map is the fastest, that of a table the slowest.
        var slowest = axes.Reverse().ToArray();
        for (var pixel = 0; pixel < length; pixel++)
        {
            var table = new MultilinearTable(
                [.. slowest.Select(Pixels)],
                [.. Enumerable.Range(0, map.Geometry.PlaneCount).Select(plane => values[plane * length + pixel])]);
            for (var k = 0; k < kept; k++)
                planes[k * length + pixel] = table.At([.. slowest.Select(axis =>
                    axis.Name == stays ? k : axis.CoordinateToPixel(parameters.First(parameter => parameter.Name == axis.Name).Value))]);
        }

        return (planes, parameters);
    }
}
