using TsMapSurvey.Events.Reduction;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Events.Given;

/// <summary>Turns an event list and given maps into a dataset on any image.</summary>
public static class GivenReducer
{
    /// <summary>
    /// Counts by nearest pixel; exposure at the centres of pixels and of bins of true energy; the sum of all backgrounds; one point spread
    /// function for all pixels; energies are measured exactly. A pixel is safe in a bin if it has exposure and its background is known.
    /// Live time stays unknown.
    /// </summary>
    /// <param name="share">The share of the given exposure and background that belongs to this event list: see
    /// <see cref="ShareOf"/>.</param>
    /// <exception cref="MapException">A map is missing, or does not have an energy of the target.</exception>
    public static MapDataset Reduce(GivenObservation observation, GivenMaps maps, double share, ReductionTarget target)
    {
        var exposure = maps.Exposure ?? throw EventsErrors.NotGiven(observation.Place, "exposure");
        if (maps.Backgrounds.Count == 0) throw EventsErrors.NotGiven(observation.Place, "background");
        var spread = maps.Spread ?? throw EventsErrors.NotGiven(observation.Place, "PSF");
        var area = exposure.On(new MapGeometry(target.Image, target.EnergyTrue), null, share);
        var background = new Map<double>(new MapGeometry(target.Image, target.Energy));
        foreach (var given in maps.Backgrounds) given.AddTo(background, exposure);
        return new MapDataset
        {
            Name = observation.ObservationId is { } id ? $"obs_{id}" : Path.GetFileName(observation.Place),
            ObservationId = observation.ObservationId,
            Counts = CountsMap.Of(observation.Events, target.Image, target.Energy),
            Exposure = area,
            MaskSafe = Safe(background, area, share),
            Background = background,
            Psf = target.Psf is { } psf ? spread.On(psf, Weights(psf)) : null,
            Edisp = target.Edisp is { } edisp ? IdentityDispersion.On(edisp, Weights(edisp)) : null,
            Gti = observation.Gti,
            Warnings = observation.Warnings,
        };

        Map<double> Weights(MapGeometry responses) => exposure.On(
            new MapGeometry(responses.Grid, responses.Axes[0].Squash(), responses.Axis("energy_true")), Middle(target.Image), share);
    }

    /// <summary>The given maps are those of all event files together, so that each has the share of its good time.</summary>
    /// <param name="totalTimeS">The good time of all files in seconds; null if this is the only one.</param>
    /// <exception cref="MapException">The file has more time than all together.</exception>
    public static double ShareOf(GivenObservation observation, double? totalTimeS)
    {
        // Sums of many intervals differ in their last digits.
        const double Rounding = 1e-6;
        if (totalTimeS is not { } total) return 1;
        var share = observation.GoodTimeS / total;
        return share <= 1 + Rounding ? Math.Min(1, share) : throw EventsErrors.TooMuchTime(observation.Place, observation.GoodTimeS, total);
    }

    /// <summary>Null if the middle of the image is off the sky.</summary>
    private static SkyPosition? Middle(SkyGrid image) => image.PixelCentre(image.Width / 2, image.Height / 2);

    /// <summary>Multiplies the background by its share; where it is not known, it becomes 0.</summary>
    private static Map<bool> Safe(Map<double> background, Map<double> exposure, double share)
    {
        var (mask, any) = (new Map<bool>(background.Geometry), new bool[exposure.Geometry.PlaneLength]);
        for (var i = 0; i < exposure.Data.Length; i++) any[i % any.Length] |= exposure.Data[i] > 0;
        for (var i = 0; i < background.Data.Length; i++)
        {
            mask.Data[i] = double.IsFinite(background.Data[i]) && any[i % any.Length];
            background.Data[i] = double.IsFinite(background.Data[i]) ? share * background.Data[i] : 0;
        }

        return mask;
    }
}
