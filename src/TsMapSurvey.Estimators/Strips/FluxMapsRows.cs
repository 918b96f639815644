using TsMapSurvey.Maps;

namespace TsMapSurvey.Estimators.Strips;

/// <summary>Assembles strips of rows to whole maps.</summary>
/// <param name="geometry">Image and energy axis of the whole maps.</param>
public sealed class FluxMapsRows(MapGeometry geometry)
{
    private readonly Dictionary<string, Map<double>> _maps = [];
    private FluxMaps? _last;

    /// <param name="firstRow">Row of the whole maps, counted from 0 for the lowest.</param>
    /// <param name="strip">Maps with the full width and with the quantities of the previous strips.</param>
    public void Add(int firstRow, FluxMaps strip)
    {
        _last = strip;
        foreach (var name in strip.Stored)
        {
            var rows = strip.Find(name)!;
            if (!_maps.TryGetValue(name, out var whole))
                whole = _maps[name] = new Map<double>(rows.Geometry.WithGrid(geometry.Grid), rows.Unit);
            for (var plane = 0; plane < rows.Geometry.PlaneCount; plane++)
                rows.Plane(plane).CopyTo(whole.Plane(plane)[(firstRow * geometry.Width)..]);
        }
    }

    /// <summary>The maps; rows that were not added are 0.</summary>
    /// <exception cref="InvalidOperationException">No strip was added.</exception>
    public FluxMaps ToFluxMaps() => _last is null
        ? throw new InvalidOperationException("no strip was added")
        : new FluxMaps(geometry, _maps, _last.Model, _last.NSigma, _last.NSigmaUl, _last.Gti, _last.Warnings)
        { KernelWidthDeg = _last.KernelWidthDeg };
}
