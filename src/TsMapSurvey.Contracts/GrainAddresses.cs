namespace TsMapSurvey.Contracts;

/// <summary>References to grains by their keys.</summary>
public static class GrainAddresses
{
    public static ISurveyDirectoryGrain SurveyDirectory(this IGrainFactory grains) => grains.GetGrain<ISurveyDirectoryGrain>(0);

    public static ISurveyGrain Survey(this IGrainFactory grains, string survey) => grains.GetGrain<ISurveyGrain>(survey);

    public static IIntakeGrain Intake(this IGrainFactory grains, string survey) => grains.GetGrain<IIntakeGrain>(survey);

    public static IObservationGrain Observation(this IGrainFactory grains, string survey, string name) =>
        grains.GetGrain<IObservationGrain>(GrainKeys.Of(survey, name));

    public static ITileGrain Tile(this IGrainFactory grains, string survey, string tile) =>
        grains.GetGrain<ITileGrain>(GrainKeys.Of(survey, tile));

    public static IMosaicGrain Mosaic(this IGrainFactory grains, string survey) => grains.GetGrain<IMosaicGrain>(survey);

    public static IHipsGrain Hips(this IGrainFactory grains, string survey, string layer) =>
        grains.GetGrain<IHipsGrain>(GrainKeys.Of(survey, layer));

    public static ICoverageGrain Coverage(this IGrainFactory grains, string survey) => grains.GetGrain<ICoverageGrain>(survey);

    public static IComputeDeskGrain ComputeDesk(this IGrainFactory grains) => grains.GetGrain<IComputeDeskGrain>(0);

    public static IComputeJobGrain ComputeJob(this IGrainFactory grains, string job) => grains.GetGrain<IComputeJobGrain>(job);

    public static IComputeBlockGrain ComputeBlock(this IGrainFactory grains, string job, int block) =>
        grains.GetGrain<IComputeBlockGrain>(GrainKeys.Of(job, block.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
