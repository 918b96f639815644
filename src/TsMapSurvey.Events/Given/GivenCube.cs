using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Maps.Healpix;
using TsMapSurvey.Maps.Resampling;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Events.Given;

/// <summary>A cube with an energy axis, on an image of the sky or on HEALPix cells, in the unit of its file.</summary>
internal sealed class GivenCube
{
    private readonly Map<double>? _image;
    private readonly HealpixMap? _cells;
    private readonly double[] _planeData;

    private GivenCube(string place, Map<double>? image, HealpixMap? cells)
    {
        (Place, _image, _cells) = (place, image, cells);
        IReadOnlyList<MapAxis> axes = image?.Geometry.Axes ?? cells!.Axes;
        (Unit, _planeData) = (image?.Unit ?? cells!.Unit, image?.Data ?? cells!.Data);
        if (axes.Count != 1 || !axes[0].Name.StartsWith("energy", StringComparison.Ordinal))
            throw EventsErrors.Unsupported(place, axes.Count == 0 ? "no axis of energies" : $"the axes {string.Join(", ",
                axes.Select(axis => axis.Name))}", "one axis of energies, in a table BANDS, ENERGIES or EBOUNDS");
        Energy = axes[0];
    }

    /// <summary>File and HDU, for messages.</summary>
    public string Place { get; }

    /// <summary>In TeV, whatever the file calls it.</summary>
    public MapAxis Energy { get; }

    /// <summary>As in the file; empty if it has none.</summary>
    public string Unit { get; }

    public long ByteSize => sizeof(double) * _planeData.LongLength;

    /// <summary>A circle that contains the cube; null if it may be the whole sky.</summary>
    public (SkyPosition Centre, double RadiusDeg)? Cap => _image?.Geometry.Grid!.BoundingCap();

    /// <param name="name">The HDU that is preferred if there are several maps.</param>
    /// <param name="what">"an exposure", for messages.</param>
    /// <exception cref="MapException">There is no cube, or it has no energies.</exception>
    /// <exception cref="FitsException">The file is damaged.</exception>
    public static GivenCube Read(FitsFile file, string name, string what)
    {
        var hdu = file.Find(name) is { } named && HduKinds.IsSkyImage(named) ? named : file.Hdus.FirstOrDefault(HduKinds.IsSkyImage)
            ?? throw EventsErrors.MissingHdu(file.Name, what, "an image with an axis of energies, or a HEALPix map",
                file.Hdus.Select(other => other.Name.Length > 0 ? other.Name : $"unnamed ({other.Index})"));
        var place = HduPlace.Of(file, hdu);
        if (HealPix.Is(hdu)) return new GivenCube(place, null, HealpixReader.Read(file, hdu));
        var map = MapReader.Read(file, hdu);
        return map.Geometry.Grid is not null ? new GivenCube(place, map, null)
            : throw EventsErrors.Unsupported(place, "one value for the whole sky", "an image of the sky, or a HEALPix map");
    }

    /// <summary>Multiplies all values: done once, after reading.</summary>
    public void Scale(double factor)
    {
        if (factor != 1)
            for (var i = 0; i < _planeData.Length; i++) _planeData[i] *= factor;
    }

    /// <summary>All planes at a position: bilinear between the four pixels or cells around it; NaN outside of the cube.</summary>
    public void Interpolate(SkyPosition position, Span<double> planes)
    {
        if (_cells is not null)
        {
            if (_cells.Cells is null || _cells.IndexOf(position) >= 0) _cells.Interpolate(position, planes);
            else planes.Fill(double.NaN);
            return;
        }

        var grid = _image!.Geometry.Grid!;
        var turn = grid.Wcs.TurnPixels is { } period && period <= grid.Width ? period : 0;
        if (!grid.TryPixelOf(position, out double x, out double y) || !Inside(y, grid.Height) || (turn == 0 && !Inside(x, grid.Width)))
        {
            planes.Fill(double.NaN);
            return;
        }

        var ((left, right, fx), (low, high, fy)) = (Pair(x, grid.Width, turn), Pair(y, grid.Height, 0));
        for (var plane = 0; plane < planes.Length; plane++)
        {
            var values = _image.Plane(plane);
            planes[plane] = Between(Between(values[low * grid.Width + left], values[low * grid.Width + right], fx),
                Between(values[high * grid.Width + left], values[high * grid.Width + right], fx), fy);
        }
    }

    /// <summary>The values of pixels shared by area among those of an image; NaN in pixels outside of the cube.</summary>
    public Map<double> SharedOn(SkyGrid image) => _image is not null ? SharedCounts.On(image, _image) : SharedCounts.On(image, _cells!);

    private static bool Inside(double at, int length) => at >= -0.5 && at < length - 0.5;

    /// <summary>A pixel that takes no part may be NaN.</summary>
    private static double Between(double low, double high, double share) =>
        share == 0 ? low : share == 1 ? high : low + share * (high - low);

    /// <summary>The two pixels around a coordinate; beyond the centre of the last one it alone, or the first again where the sky
    /// repeats.</summary>
    private static (int Low, int High, double Share) Pair(double at, int length, int turn)
    {
        var low = (int)Math.Floor(at);
        var share = at - low;
        if (turn == 0) return (Math.Clamp(low, 0, length - 1), Math.Clamp(low + 1, 0, length - 1), share);
        int Wrapped(int pixel) => pixel - turn * (int)Math.Floor(pixel / (double)turn);
        return (Wrapped(low), Wrapped(low + 1), share);
    }
}
