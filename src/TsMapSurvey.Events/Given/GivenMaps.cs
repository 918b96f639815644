using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Events.Given;

/// <summary>
/// What event lists without responses need, over the whole sky or a part of it: an exposure, backgrounds that add up, and a point spread
/// function. They are those of all event files of a survey together. Each file is read by itself: <see cref="WithExposure"/>,
/// <see cref="WithBackground"/> and <see cref="WithSpread"/> return a copy that has it. Immutable.
/// </summary>
public sealed record GivenMaps
{
    private const string FluxUnit = "m-2 s-1 sr-1 TeV-1";

    /// <summary>Without any map.</summary>
    public static GivenMaps None { get; } = new();

    /// <summary>Limits of the files, which may be whole skies with 30 planes: 2 GiB decompressed, and as much in memory.</summary>
    public static FitsLimits Limits { get; } = new()
    { MaxDecompressedBytes = 2L << 30, MaxHduBytes = 2L << 30, MaxArrayBytes = 2L << 30 };

    /// <summary>Oddities of the files that do not prevent their use. Each sentence names the file and the HDU.</summary>
    public IReadOnlyList<string> Warnings { get; private init; } = [];

    /// <summary>A circle that contains all exposure; null if it may be the whole sky.</summary>
    public (SkyPosition Centre, double RadiusDeg)? Cap => Exposure?.Cap;

    /// <summary>Bytes of the arrays in memory.</summary>
    public long ByteSize => (Exposure?.ByteSize ?? 0) + Backgrounds.Sum(background => background.ByteSize) + (Spread?.ByteSize ?? 0);

    internal GivenExposure? Exposure { get; private init; }

    internal IReadOnlyList<IGivenBackground> Backgrounds { get; private init; } = [];

    internal SpreadTable? Spread { get; private init; }

    /// <exception cref="FitsException">A file is damaged or not a FITS file.</exception>
    /// <exception cref="MapException">An HDU, an axis or a unit is missing or another one.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static GivenMaps Read(string exposure, IReadOnlyList<string> backgrounds, string psf)
    {
        static T In<T>(string path, Func<FitsFile, T> read)
        {
            using var file = FitsFile.Open(path, Limits);
            return read(file);
        }

        var maps = In(exposure, None.WithExposure);
        foreach (var path in backgrounds) maps = In(path, maps.WithBackground);
        return In(psf, maps.WithSpread);
    }

    /// <summary>
    /// gtexpcube2's cube, on an image or on HEALPix cells, at energies of the tables ENERGIES or BANDS. In cm² s if the file has no unit.
    /// </summary>
    /// <inheritdoc cref="Read"/>
    public GivenMaps WithExposure(FitsFile file)
    {
        var warnings = new List<string>();
        var exposure = new GivenExposure(GivenCube.Read(file, "EXPOSURE", "an exposure"), warnings);
        return this with { Exposure = exposure, Warnings = [.. Warnings, .. file.Warnings, .. warnings] };
    }

    /// <summary>One more background: expected events for each pixel and bin of energy, or a flux in cm⁻² s⁻¹ sr⁻¹ MeV⁻¹ or a unit that
    /// converts to it, at energies. The unit of the file decides.</summary>
    /// <inheritdoc cref="Read"/>
    public GivenMaps WithBackground(FitsFile file)
    {
        var cube = GivenCube.Read(file, "BACKGROUND", "a background");
        return this with { Backgrounds = [.. Backgrounds, BackgroundOf(cube)], Warnings = [.. Warnings, .. file.Warnings] };
    }

    /// <summary>The tables PSF and THETA of gtpsf.</summary>
    /// <inheritdoc cref="Read"/>
    public GivenMaps WithSpread(FitsFile file) =>
        this with { Spread = SpreadTable.Read(file), Warnings = [.. Warnings, .. file.Warnings] };

    private static IGivenBackground BackgroundOf(GivenCube cube)
    {
        const string Expected = "expected events for each pixel (no unit, and bins of energy), or a flux in cm-2 s-1 sr-1 MeV-1";
        if (MapUnits.IsPureNumber(cube.Place, cube.Unit))
            return cube.Energy.Kind == AxisNodes.Edges ? new CountsBackground(cube)
                : throw EventsErrors.Unsupported(cube.Place, "energies at points and no unit", Expected);
        cube.Scale(MapUnits.Factor(cube.Place, cube.Unit, FluxUnit));
        return new FluxBackground(cube);
    }
}
