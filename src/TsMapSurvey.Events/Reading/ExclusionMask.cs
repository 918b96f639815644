using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;

namespace TsMapSurvey.Events.Reading;

/// <summary>Exclusion masks as gammapy writes them: a map that is 0 where events of known sources are, and 1 elsewhere.</summary>
public static class ExclusionMask
{
    /// <exception cref="FitsException">The file is damaged or not a FITS file.</exception>
    /// <exception cref="MapException">The file has no image.</exception>
    public static Map<bool> Read(string path)
    {
        using var file = FitsFile.Open(path, EventFile.Limits);
        return Read(file);
    }

    /// <summary>The first image of the sky; of a cube, a pixel is excluded if any plane excludes it.</summary>
    /// <inheritdoc cref="Read(string)"/>
    public static Map<bool> Read(FitsFile file)
    {
        var hdu = file.Hdus.FirstOrDefault(HduKinds.IsSkyImage)
            ?? throw EventsErrors.MissingHdu(file.Name, "an exclusion mask", "an image of the sky, 0 where sources are",
                file.Hdus.Select(hdu => hdu.Name));
        var map = MapReader.Read(file, hdu);
        var mask = new Map<bool>(new MapGeometry(map.Geometry.Grid));
        mask.Data.AsSpan().Fill(true);
        for (var plane = 0; plane < map.Geometry.PlaneCount; plane++)
            for (var pixel = 0; pixel < mask.Data.Length; pixel++)
                mask.Data[pixel] &= MapUnits.IsTrue(map.Plane(plane)[pixel]);
        return mask;
    }
}
