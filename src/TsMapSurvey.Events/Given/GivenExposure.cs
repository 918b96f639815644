using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Events.Given;

/// <summary>Effective area times time over the sky, in m² s at nodes of true energy.</summary>
internal sealed class GivenExposure
{
    /// <summary>gtexpcube2 writes HEALPix exposures without a unit.</summary>
    private const string DefaultUnit = "cm2 s";

    private readonly GivenCube _cube;

    public GivenExposure(GivenCube cube, List<string> warnings)
    {
        if (cube.Unit.Trim().Length == 0) warnings.Add($"{cube.Place}: the exposure has no unit; {DefaultUnit} is taken");
        cube.Scale(MapUnits.Factor(cube.Place, cube.Unit.Trim().Length == 0 ? DefaultUnit : cube.Unit, "m2 s"));
        _cube = cube;
    }

    public string Place => _cube.Place;

    public IReadOnlyList<double> NodesTeV => _cube.Energy.Centers;

    public long ByteSize => _cube.ByteSize;

    /// <inheritdoc cref="GivenCube.Cap"/>
    public (SkyPosition Centre, double RadiusDeg)? Cap => _cube.Cap;

    /// <inheritdoc cref="GivenCube.Interpolate"/>
    public void Interpolate(SkyPosition position, Span<double> nodes) => _cube.Interpolate(position, nodes);

    /// <exception cref="MapException">An energy is outside of the nodes.</exception>
    public EnergyPoints At(IReadOnlyList<double> energiesTeV, string whose) => new(NodesTeV, energiesTeV, Place, whose);

    /// <summary>At the centre of each pixel and of each bin of true energy; 0 outside of the cube.</summary>
    /// <param name="geometry">The last axis is true energy; others have one bin.</param>
    /// <param name="centre">Stands for the whole sky if the geometry has no image.</param>
    public Map<double> On(MapGeometry geometry, SkyPosition? centre, double share)
    {
        var map = new Map<double>(geometry, "m2 s");
        var points = At(geometry.Axis("energy_true").Centers, "the centres of the survey's axis of true energy");
        var nodes = new double[NodesTeV.Count];
        for (var pixel = 0; pixel < geometry.PlaneLength; pixel++)
        {
            var position = geometry.Grid is { } image ? image.PixelCentre(pixel % image.Width, pixel / image.Width) : centre;
            if (position is not { } known) continue;
            Interpolate(known, nodes);
            for (var j = 0; j < points.Count; j++)
            {
                var value = share * points.At(nodes, j);
                map.Plane(j)[pixel] = value > 0 && double.IsFinite(value) ? value : 0;
            }
        }

        return map;
    }
}
