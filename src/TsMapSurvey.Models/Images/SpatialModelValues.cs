using TsMapSurvey.Sky;

namespace TsMapSurvey.Models.Images;

/// <summary>
/// The values of a spatial model per sr at the centres of pixels, for models that are factors of counts (gammapy's evaluate_geom).
/// </summary>
public static class SpatialModelValues
{
    /// <returns>One value per pixel, row by row; 0 where there is no sky.</returns>
    public static double[] Create(ISpatialModel model, SkyPosition position, SkyGrid grid, double energyTeV)
    {
        var values = new double[grid.Width * grid.Height];
        for (var i = 0; i < values.Length; i++)
            if (grid.PixelCentre(i % grid.Width, i / grid.Width) is { } centre)
                values[i] = PerSr(model, position, centre, energyTeV);
        return values;
    }

    /// <summary>
    /// The value in the direction <paramref name="at"/> of a model at <paramref name="position"/>, in sr⁻¹, or in cm⁻² s⁻¹ TeV⁻¹ sr⁻¹
    /// for a template whose values are a flux.
    /// </summary>
    public static double PerSr(ISpatialModel model, SkyPosition position, SkyPosition at, double energyTeV) => model switch
    {
        ISourceShape shape => Density(shape, position, at),
        TemplateSource template => template.DensityPerSr(at, position, energyTeV),
        ConstantSource constant => constant.PerSr,
        _ => 1,
    };

    private static double Density(ISourceShape shape, SkyPosition position, SkyPosition centre)
    {
        var (separation, angle) = (position.SeparationDeg(centre), double.DegreesToRadians(position.PositionAngleDeg(centre)));
        return shape.DensityPerSr(separation * Math.Sin(angle), separation * Math.Cos(angle));
    }
}
