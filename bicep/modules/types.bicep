@export()
@description('A survey definition and the name of its file.')
type survey = {
  @description('Lower-case letters, digits and "-".')
  @minLength(1)
  @maxLength(40)
  name: string

  @description('The text of survey.json.')
  definition: string
}

@export()
type tags = {
  *: string
}
